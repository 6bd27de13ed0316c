CREATE INDEX note_authors_note_idx ON note_authors (note);
