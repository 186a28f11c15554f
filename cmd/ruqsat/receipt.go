package main

import (
	"fmt"
	"path/filepath"

	"ruqsat/dossier"
	"ruqsat/lang"
)

// receipt says whether a receipt of a filing agrees with the log, and whether it
// names a file.
func (cmd *verifyCmd) receipt(raw []byte, out console) error {
	r, found := dossier.CheckReceipt(raw, cmd.Key)
	for _, m := range found.Wrong {
		out.say(m)
	}
	if !found.OK() {
		return errFound
	}
	if cmd.Detached != "" {
		content, err := readUpTo(cmd.Detached)
		if err != nil {
			return err
		}
		name := lang.Args{"file": filepath.Base(cmd.Detached)}
		if !r.Names(content) {
			out.say(lang.M("dossier.receipt-names-not", name))
			return errFound
		}
		out.say(lang.M("dossier.receipt-names", name))
	}
	if cmd.JSON {
		return out.print(r.Filed)
	}
	out.say(lang.M("dossier.receipt-agrees", r.Summary()))
	for _, p := range r.Filed.Papers {
		fmt.Fprintf(out, "  %s sha256 %s\n", p.Form, p.SHA256)
		if p.Signature != "" {
			fmt.Fprintf(out, "    signature sha256 %s\n    %s %s %s\n", p.Signature, p.Signer.Name, p.Signer.BIN, p.JudgedAt)
		}
		if p.Stamp != nil {
			fmt.Fprintf(out, "    time stamp %s, %s\n", p.Stamp.At, p.Stamp.Issuer)
		}
	}
	for _, f := range r.Filed.Files {
		fmt.Fprintf(out, "  %s sha256 %s\n", f.Name, f.SHA256)
	}
	out.say(lang.M("dossier.key", lang.Args{"size": found.Checkpoint.Size, "key": found.Key}))
	if found.Own {
		out.say(lang.M("dossier.own-key"))
	}
	return nil
}
