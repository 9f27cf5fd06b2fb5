package calendar

import "teduh/internal/unit"

// Found are the statements that find appointments, by the index each must walk, with parameters of every kind they take.
var Found = map[string]string{"appointment_worker_time": framed(ofWorker), "appointment_office": framed(ofOffice), "appointment_case": framed(ofCase),
	"appointment_request": framed(openOfRequest), "appointment_person": framed(comingOf("person_id", "$2, $3"))}

// Within is the rule of the office's hours.
var Within = within

// Hours of an office.
type Hours = unit.Calendar
