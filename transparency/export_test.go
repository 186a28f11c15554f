package transparency

import "golang.org/x/mod/sumdb/note"

// SignText signs any text, as whoever has the key could.
func SignText(k *Key, text string) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	return string(signed), err
}
