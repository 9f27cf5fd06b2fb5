package ui

import (
	"fmt"
	"time"
)

// ChartBand is a stretch of values with a name and a tone (calm, notice, warn, alarm).
type ChartBand struct {
	From, To float64
	Tone     string
	Title    string
}

// ChartPoint is a value on a day; Words tell it to readers of screens and on hover.
type ChartPoint struct {
	Day   time.Time
	Value float64
	Text  string // the value as it is written
	Words string
}

// ChartProps is a line of values over time, before bands.
type ChartProps struct {
	ID     string
	Title  string
	Least  float64
	Most   float64
	Bands  []ChartBand
	Points []ChartPoint // oldest first
}

// The chart's sheet, in its own units; it grows with its column.
const (
	chartWidth  = 640.0
	chartHeight = 240.0
	chartLeft   = 36.0
	chartRight  = 96.0 // room for the names of the bands
	chartTop    = 16.0
	chartFoot   = 28.0
)

func (c ChartProps) y(v float64) float64 {
	return chartTop + (chartHeight-chartTop-chartFoot)*(1-(v-c.Least)/max(c.Most-c.Least, 1e-9))
}

func (c ChartProps) x(i int) float64 {
	first, last := c.Points[0].Day, c.Points[len(c.Points)-1].Day
	room, span := chartWidth-chartLeft-chartRight-32, last.Sub(first)
	switch n := len(c.Points) - 1; {
	case span <= 0 && n > 0: // all on one day, in their order
		return chartLeft + 16 + room*float64(i)/float64(n)
	case span <= 0:
		return chartLeft + 16 + room/2
	}
	return chartLeft + 16 + room*float64(c.Points[i].Day.Sub(first))/float64(span)
}

// bandTop and bandHeight let neighbouring bands meet half way between their scores.
func (c ChartProps) bandTop(i int) float64 {
	if i == len(c.Bands)-1 {
		return c.y(c.Most)
	}
	return c.y((c.Bands[i].To + c.Bands[i+1].From) / 2)
}

func (c ChartProps) bandHeight(i int) float64 {
	foot := c.y(c.Least)
	if i > 0 {
		foot = c.bandTop(i - 1)
	}
	return foot - c.bandTop(i)
}

func (c ChartProps) line() (path string) {
	for i, p := range c.Points {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		path += fmt.Sprintf("%s%.1f %.1f", verb, c.x(i), c.y(p.Value))
	}
	return path
}

func at(v float64) string { return fmt.Sprintf("%.1f", v) }
