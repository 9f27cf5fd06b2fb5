package partner

import (
	"context"
	"slices"

	"teduh/internal/db"
	"teduh/internal/journal"
)

// ServicesNamed finds an office's services by name, in the transaction of an import, and makes those that are missing. The
// answer is by ServiceKey. The caller has asked for the right to import.
func ServicesNamed(ctx context.Context, tx *journal.Tx, office db.ID, names []string) (map[string]db.ID, error) {
	ids, fresh := map[string]db.ID{}, []string{}
	for _, name := range names {
		key := ServiceKey(name)
		if _, seen := ids[key]; seen {
			continue
		}
		id, err := findService(ctx, tx, office, key)
		if err != nil {
			return nil, err
		}
		if id.IsZero() {
			id = db.NewID()
			fresh = append(fresh, name)
			if err := insertNamed(ctx, tx, office, id, name); err != nil {
				return nil, err
			}
			if err := find(ctx, tx, Service{ID: id, Office: office, Name: name, Visibility: Internal}, Partner{}); err != nil {
				return nil, err
			}
		}
		ids[key] = id
	}
	slices.Sort(fresh)
	changes := make([]journal.Change, len(fresh))
	for i, name := range fresh {
		changes[i] = journal.Change{Office: office, Code: "partner.service_added", Kind: "partner_service", Subject: ids[ServiceKey(name)]}
	}
	return ids, tx.RecordMany(ctx, changes)
}
