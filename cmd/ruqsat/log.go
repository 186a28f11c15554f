package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ruqsat/lang"
	"ruqsat/office"
	"ruqsat/problem"
	"ruqsat/store"
	"ruqsat/transparency"
)

type logCmd struct {
	Key        logKeyCmd        `cmd:"" help:"Make the key that signs checkpoints, in the folder of the data."`
	Audit      logAuditCmd      `cmd:"" help:"Replay the log: leaves, rows, hashes, checkpoints."`
	Checkpoint logCheckpointCmd `cmd:"" help:"Publish where the log stands, and print it."`
	Prove      logProveCmd      `cmd:"" help:"Print leaves with the proof that they are in the log."`
	Export     logExportCmd     `cmd:"" help:"Write the log as files, to be audited without the database."`
}

// keyFiles are where the two parts of the log's key lie.
func (d data) keyFiles() (secret, verifier string) {
	return filepath.Join(d.Data, "log", "key"), filepath.Join(d.Data, "log", "key.pub")
}

// logKey reads the key of the log; nil if there is none.
func (d data) logKey() (*transparency.Key, error) {
	secretFile, verifierFile := d.keyFiles()
	secret, err := os.ReadFile(secretFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	verifier, other := os.ReadFile(verifierFile)
	if err := errors.Join(err, other); err != nil {
		return nil, err
	}
	return transparency.ParseKey(string(secret), string(verifier))
}

// makeLogKey makes the key of the log, unless there is one.
func (d data) makeLogKey(origin string) (*transparency.Key, error) {
	if k, err := d.logKey(); k != nil || err != nil {
		return k, err
	}
	secret, verifier, err := transparency.NewKey(rand.Reader, origin)
	if err != nil {
		return nil, err
	}
	secretFile, verifierFile := d.keyFiles()
	if err := os.MkdirAll(filepath.Dir(secretFile), 0o700); err != nil {
		return nil, err
	}
	// The secret comes last: until it is there, there is no key.
	if err := os.WriteFile(verifierFile, []byte(verifier+"\n"), 0o644); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(secretFile, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(secret + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	return d.logKey()
}

// office opens the office for as long as use runs, with the key of its log.
func (d data) office(ctx context.Context, use func(*office.Office) error) error {
	return d.with(ctx, func(db *store.DB, files *store.Files) error {
		key, err := d.logKey()
		if err != nil {
			return err
		}
		return use(&office.Office{DB: db, Files: files, Now: time.Now, Log: key})
	})
}

type logKeyCmd struct {
	data
	Name string `required:"" help:"Name of the log: the address of its pages without https://, like permits.example.kz/log."`
}

// Run makes the key, and prints the part of it that is to be known.
func (cmd logKeyCmd) Run(out console) error {
	secret, _ := cmd.keyFiles()
	if _, err := os.Stat(secret); err == nil {
		return problem.New(problem.Conflict, "transparency.key-there", lang.Args{"file": secret})
	}
	k, err := cmd.makeLogKey(cmd.Name)
	if err != nil {
		return err
	}
	out.say(lang.M("transparency.key-made"))
	fmt.Fprintln(out, k.Verifier())
	return nil
}

type logAuditCmd struct {
	data
	Checkpoint string `help:"A checkpoint kept elsewhere, which the log must still agree with." type:"existingfile"`
	Key        string `help:"Verifier key of the log as known from elsewhere; that of the folder unless given."`
	Export     string `help:"Audit this export and no database." type:"existingdir"`
}

// Run replays the log, and names what does not agree.
func (cmd logAuditCmd) Run(ctx context.Context, out console) error {
	if cmd.Export != "" {
		r, err := transparency.RecountExport(os.DirFS(cmd.Export), cmd.Key)
		if err != nil {
			return err
		}
		return out.audited(office.Audit{Leaves: r.Leaves, Rows: r.Rows, Checkpoints: 1, Wrong: r.Wrong})
	}
	var witness []byte
	if cmd.Checkpoint != "" {
		var err error
		if witness, err = os.ReadFile(cmd.Checkpoint); err != nil {
			return err
		}
	}
	return cmd.office(ctx, func(o *office.Office) error {
		key := cmd.Key
		if key == "" && o.Log != nil {
			key = o.Log.Verifier()
		}
		a, err := o.Audit(ctx, key, string(witness))
		if err != nil {
			return err
		}
		return out.audited(a)
	})
}

// audited says what an audit found.
func (c console) audited(a office.Audit) error {
	for _, m := range a.Wrong {
		c.say(m)
	}
	if len(a.Wrong) > 0 {
		return errFound
	}
	c.say(lang.M("transparency.audited", lang.Args{"leaves": a.Leaves, "rows": a.Rows, "checkpoints": a.Checkpoints}))
	return nil
}

type logCheckpointCmd struct{ data }

// Run publishes a checkpoint if the log has grown, and prints the latest.
func (cmd logCheckpointCmd) Run(ctx context.Context, out console) error {
	return cmd.signing(ctx, func(o *office.Office) error {
		if _, err := o.PublishCheckpoint(ctx); err != nil {
			return err
		}
		p, err := o.Published(ctx)
		if err == nil {
			fmt.Fprint(out, p.Note)
		}
		return err
	})
}

// signing is office where a key is needed.
func (d data) signing(ctx context.Context, use func(*office.Office) error) error {
	return d.office(ctx, func(o *office.Office) error {
		if o.Log == nil {
			return problem.New(problem.Invalid, "transparency.no-key")
		}
		return use(o)
	})
}

type logProveCmd struct {
	data
	ID string `arg:"" help:"Place of a leaf, number of a permit or a case, or table/key as the audit names rows."`
}

// Run prints each leaf and its proof, in the form of c2sp.org/tlog-proof.
func (cmd logProveCmd) Run(ctx context.Context, out console) error {
	return cmd.signing(ctx, func(o *office.Office) error {
		if _, err := o.PublishCheckpoint(ctx); err != nil {
			return err
		}
		list, err := o.LeavesOf(ctx, cmd.ID)
		if err != nil {
			return err
		}
		for _, n := range list {
			p, err := o.Prove(ctx, n)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s\n%s\n", p.Data, p.Proof)
		}
		return nil
	})
}

type logExportCmd struct {
	data
	Dir string `arg:"" help:"A new folder. It will hold personal data." type:"path"`
}

// Run writes the log as files.
func (cmd logExportCmd) Run(ctx context.Context, out console) error {
	if found, err := os.ReadDir(cmd.Dir); err == nil && len(found) > 0 {
		return problem.New(problem.Conflict, "transparency.export-there", lang.Args{"dir": cmd.Dir})
	}
	return cmd.signing(ctx, func(o *office.Office) error {
		n, err := o.Export(ctx, func(name string, content []byte) error {
			file := filepath.Join(cmd.Dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				return err
			}
			return os.WriteFile(file, content, 0o600)
		})
		if err == nil {
			out.say(lang.M("transparency.exported", lang.Args{"dir": cmd.Dir, "leaves": n}))
		}
		return err
	})
}
