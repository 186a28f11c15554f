package store

import (
	"encoding/json"
	"fmt"
)

// A writing is a value of a row that is put into words beside the act, which has
// more to do meanwhile.
type writing struct {
	done chan struct{} // closed when it is
	text string
	err  error
}

// wait returns the value.
func (w *writing) wait() (string, error) {
	<-w.done
	return w.text, w.err
}

// asJSON returns v as a value of a row of many ([Tx.insert]): its JSON, or a writing of it. From
// then on v is not to be changed.
func (t Tx) asJSON(v any) (any, error) {
	if !t.s.knows() {
		text, err := json.Marshal(v)
		return string(text), err
	}
	w := &writing{done: make(chan struct{})}
	t.s.act.sealing.Go(func() { w.write(v) })
	return w, nil
}

func (w *writing) write(v any) {
	defer close(w.done)
	defer func() {
		if p := recover(); p != nil {
			w.err = fmt.Errorf("write %T: %v", v, p)
		}
	}()
	text, err := json.Marshal(v)
	w.text, w.err = string(text), err
}
