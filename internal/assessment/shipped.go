package assessment

import (
	"embed"
	"fmt"
	"sync"

	"teduh/internal/form"
)

// The forms that came with the program, the newest last. One that was shipped once stays, because answers were given under it.
//
//go:embed shipped/*.json
var shippedFiles embed.FS

// shipped are read once; a test reads them, so a broken one never leaves the house.
var shipped = sync.OnceValue(func() (list []Edition) {
	entries, err := shippedFiles.ReadDir("shipped")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		raw, err := shippedFiles.ReadFile("shipped/" + entry.Name())
		if err != nil {
			panic(err)
		}
		d, problems := form.Parse(raw)
		if len(problems) > 0 {
			panic(fmt.Sprintf("assessment: %s: %v", entry.Name(), problems))
		}
		list = append(list, Edition{State: Retired, Form: d, Raw: string(raw)})
	}
	return list
})

// shippedNow is the one that is asked where an office has none of its own.
func shippedNow() Edition {
	list := shipped()
	return list[len(list)-1]
}
