// Package partner is the directory of the office's network: organisations, and the services they offer.
//
// A service is found by its name within the office and made when it is not known yet; whose it is may be said later. The
// package knows no case: who was sent to a service is kept by referral, which stands above it.
package partner

import "strings"

// ServiceKey is the form a service is found by: small letters, words apart by one space.
func ServiceKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }
