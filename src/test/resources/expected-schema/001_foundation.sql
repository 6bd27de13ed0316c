-- A clinic: what the damage table of the tests is held against.
CREATE SCHEMA clinic;
CREATE SCHEMA audit;
DO $$ BEGIN
    CREATE ROLE clinic_reader NOLOGIN;
    CREATE ROLE clinic_writer NOLOGIN;
EXCEPTION WHEN duplicate_object THEN
    NULL; -- of another database of this server
END $$;
GRANT USAGE ON SCHEMA clinic TO clinic_reader, clinic_writer;

CREATE TYPE clinic.note_status AS ENUM ('draft', 'signed', 'amended');
CREATE TYPE clinic.visit_kind AS ENUM ('office', 'home', 'remote');
CREATE TYPE clinic.address AS (street text, city text, zip varchar(10));
CREATE DOMAIN clinic.email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN clinic.percentage AS numeric(5, 2) DEFAULT 0 NOT NULL CHECK (VALUE BETWEEN 0 AND 100);

CREATE SEQUENCE clinic.invoice_numbers START 1000 INCREMENT 5;

CREATE FUNCTION clinic.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE FUNCTION clinic.current_office() RETURNS integer LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('clinic.office', true), '')::integer $$;
CREATE FUNCTION clinic.full_name(first text, last text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT first || ' ' || last $$;
CREATE PROCEDURE clinic.close_day(day date) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clinic.visits SET closed = true WHERE visit_date = day;
END $$;
