package ui

import (
	"fmt"
	"time"
)

// CalendarProps is days, or the people of one day, side by side on a grid of time; on phones and on paper it is a list a
// day. First is the hour the grid begins at, Hours how many it shows.
type CalendarProps struct {
	Label string
	First int
	Hours int
	Days  []CalendarDay
	Empty string // said of a day without anything
}

// CalendarDay is one column. Start is its midnight in the office's zone; Now is set on the column of today.
type CalendarDay struct {
	ID    string
	Title string
	Href  string
	Start time.Time
	Off   bool // the office does not work
	Now   time.Time
	Add   Link
	Items []CalendarItem
}

// CalendarItem is time that is taken; without Href nothing more may be known of it.
type CalendarItem struct {
	From, To time.Time
	Title    string
	Href     string
	Place    Place
	Meta     []MetaItem
	Mark     Mark
}

// slot is how many minutes a row of the grid holds; the classes of theme.css count in it.
const slot = 15

// position is the classes of an item's place on the grid: from its first to its last quarter of an hour, at least two.
func (c CalendarProps) position(d CalendarDay, i CalendarItem) string {
	last := c.Hours * 60 / slot
	from := min(max(int(i.From.Sub(d.Start).Minutes())/slot-c.First*60/slot, 0), last-2)
	to := min((int(i.To.Sub(d.Start).Minutes())+slot-1)/slot-c.First*60/slot, last)
	return fmt.Sprintf("cal-s%d cal-n%d", from, max(to-from, 2))
}

// nowAt is the place of the line of now, and whether the grid shows it.
func (c CalendarProps) nowAt(d CalendarDay) (string, bool) {
	at := int(d.Now.Sub(d.Start).Minutes())/slot - c.First*60/slot
	return fmt.Sprintf("cal-s%d", at), !d.Now.IsZero() && at >= 0 && at < c.Hours*60/slot
}

// hourAt is the place of an hour's label.
func hourAt(n int) string { return fmt.Sprintf("cal-s%d", n*60/slot) }

// Window is the hours that a calendar shows: those of the office, and as many more as its items need.
func Window(from, to int, days []CalendarDay) (first, hours int) {
	for _, d := range days {
		for _, i := range d.Items {
			from = min(from, max(int(i.From.Sub(d.Start).Hours()), 0))
			to = max(to, min(int((i.To.Sub(d.Start)+time.Hour-1)/time.Hour), 24))
		}
	}
	return from, max(to-from, 1)
}
