package store

import (
	"fmt"
	"strings"

	"ruqsat/procedure"
)

// A where puts the condition of a search together. Values are always bound.
type where struct {
	conditions []string
	args       []any
}

// arg binds a value and returns its place.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) and(condition string) { w.conditions = append(w.conditions, condition) }

// equal asks for a column to have a value; an empty value asks for nothing.
func (w *where) equal(column, value string) {
	if value != "" {
		w.and(column + " = " + w.arg(value))
	}
}

func (w *where) in(column string, states []procedure.State) {
	if len(states) == 0 {
		return
	}
	places := make([]string, len(states))
	for i, s := range states {
		places[i] = w.arg(string(s))
	}
	w.and(column + " IN (" + strings.Join(places, ", ") + ")")
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// whole says that a statement reads a whole table, where nothing is asked for that
// would spare it; see [wholeTable].
func (w *where) whole(why string) string {
	if len(w.conditions) > 0 {
		return ""
	}
	return wholeTable + why + ` */ `
}
