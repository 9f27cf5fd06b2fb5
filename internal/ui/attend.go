package ui

import "strconv"

func attendSum(p AttendProps, i int) string { return p.ID + "-" + strconv.Itoa(i) }

func attendOption(t AttendToggle, i int) string { return t.ID + "-" + strconv.Itoa(i) }
