package report

// Hide is tested as a law.
func Hide(counts []int) []int { return hide(counts) }
