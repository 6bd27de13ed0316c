CREATE TABLE note_authors (note text NOT NULL REFERENCES clinical_notes (id), author text NOT NULL);
