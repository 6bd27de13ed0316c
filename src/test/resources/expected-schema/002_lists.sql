-- What everything else refers to: lists of codes.

CREATE TABLE clinic.countries (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.languages (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.currencies (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.genders (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.insurers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.specialties (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.diagnoses (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.procedures (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.medications (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.allergies (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.units (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.payment_methods (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.room_kinds (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.referral_sources (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);

CREATE TABLE clinic.document_kinds (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    label text NOT NULL,
    active boolean NOT NULL DEFAULT true
);
