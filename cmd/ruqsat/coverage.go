package main

import (
	"fmt"
	"os"

	"ruqsat/trace"
)

type coverageCmd struct {
	Source string `default:"." type:"existingdir" help:"The folder of the sources."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// Run prints where each item of the documents and each act of the law is carried
// out; exit code 1 says that one is nowhere.
func (cmd coverageCmd) Run(out console) error {
	rows, err := trace.Find(os.DirFS(cmd.Source))
	if err != nil {
		return err
	}
	if cmd.JSON {
		err = out.print(rows)
	} else {
		_, err = fmt.Fprint(out, trace.Table(rows))
	}
	if err != nil {
		return err
	}
	for _, r := range rows {
		if !r.Found() {
			return errFound
		}
	}
	return nil
}
