// Package carry takes an office's lists and forms from one installation to another, as one file: its settings without people,
// the form of its assessment, the instruments it brought in, and the texts of its consents.
//
// A File is read whole or not at all. Compare tells what each part of it would change at an office; Take writes the parts that
// were chosen through the same services, versions and journal entries as their own pages, so nothing can come in by this door
// that could not be typed. The form of the assessment comes in as a draft, and instruments as drafts: what clients are asked is
// put to use by hand.
package carry

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/practice"
	"teduh/internal/unit"
)

// Format and Version say what a file is.
const (
	Format    = "teduh-lists"
	Version   = 1
	MostBytes = 4 << 20
)

// mostInstruments bounds how many a file may bring.
const mostInstruments = 200

// File is what is carried.
type File struct {
	Format      string                     `json:"format"`
	Version     int                        `json:"version"`
	Office      string                     `json:"office"` // whose it is
	Made        string                     `json:"made"`   // the day, 2026-11-25
	Areas       map[string]json.RawMessage `json:"areas,omitempty"`
	Assessment  json.RawMessage            `json:"assessment,omitempty"` // a FHIR R4 Questionnaire
	Instruments []Instrument               `json:"instruments,omitempty"`
	Texts       []Text                     `json:"consent_texts,omitempty"`
}

// Instrument is one the office brought in, as its two documents.
type Instrument struct {
	Name          string          `json:"name"`
	Edition       string          `json:"edition"`
	Questionnaire json.RawMessage `json:"questionnaire"`
	Scoring       json.RawMessage `json:"scoring"`
}

// Text is what is read to a client before they agree.
type Text struct {
	Kind     string `json:"kind"`
	Language string `json:"language"`
	practice.Terms
}

// content is a file that was turned over: every part of it can be taken.
type content struct {
	File
	parts []unit.Part
	form  *form.Definition
}

// read turns a file over; anything in it that could not be taken refuses the whole.
func read(raw []byte) (*content, error) {
	if len(raw) > MostBytes {
		return nil, refused("too_large", "carry.too_large")
	}
	var c content
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c.File); err != nil {
		return nil, refused("unreadable", "carry.unreadable")
	}
	switch {
	case c.Format != Format:
		return nil, refused("format", "carry.unreadable")
	case !day(c.Made):
		return nil, refused("made", "carry.unreadable")
	case c.Version != Version:
		return nil, refused("version", "carry.newer")
	case len(c.Instruments) > mostInstruments:
		return nil, refused("too_many", "carry.unreadable")
	}
	if err := c.readAreas(); err != nil {
		return nil, err
	}
	if len(c.Assessment) > 0 {
		d, problems := form.Parse(c.Assessment)
		if len(problems) > 0 {
			return nil, refused(problems[0].Code, "carry.form")
		}
		c.form = d
	}
	return &c, nil
}

func (c *content) readAreas() error {
	for _, area := range unit.Carried {
		raw, ok := c.Areas[area]
		if !ok {
			continue
		}
		p, err := unit.ReadPart(area, raw)
		if err != nil {
			return refused("area_"+area, "carry.area")
		}
		c.parts = append(c.parts, p)
	}
	for area := range c.Areas {
		if !slices.Contains(unit.Carried, area) {
			return refused("area", "carry.area")
		}
	}
	return nil
}

func day(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func refused(code, key string) error { return fault.Invalid(fault.Field("file", code, key)) }
