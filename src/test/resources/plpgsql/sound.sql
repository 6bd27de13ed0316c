-- Functions that work, each with a call behind "---". What stands in {{ }} names something of the database: taken away,
-- the function is broken on that line.
--- SELECT if_exists(1)
CREATE FUNCTION if_exists(p int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {{notes}} WHERE {{patient_id}} = p AND {{pages}} > 2) THEN
    RETURN 'many';
  ELSIF (SELECT count(*) FROM notes n WHERE n.{{title}} IS NULL) > 0 THEN
    RETURN 'untitled';
  ELSEIF p IS NULL THEN
    RETURN NULL;
  ELSE
    RETURN 'few';
  END IF;
END $$;
--- SELECT select_into(1)
CREATE FUNCTION select_into(p_id int) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_title notes.{{title}}%TYPE;
  v_pages notes.pages%TYPE := 0;
  v_state status;
BEGIN
  SELECT {{title}}, {{pages}}, state INTO v_title, v_pages, v_state FROM notes WHERE id = p_id;
  SELECT INTO STRICT v_title n.{{title}} FROM notes n WHERE n.id = p_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  RETURN v_title || v_pages || v_state::text;
END $$;
--- SELECT rows_of(1)
CREATE FUNCTION rows_of(p_id int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  n notes%ROWTYPE;
  p patients;
  q public.{{patients}}%ROWTYPE;
BEGIN
  SELECT * INTO n FROM notes WHERE id = p_id;
  SELECT * INTO STRICT p FROM patients WHERE patients.id = n.{{patient_id}};
  q := p;
  q.{{name}} := upper(p.{{name}});
  n.title = n.title || q.{{name}};
  RETURN n.title || coalesce(n."{{dueDate}}"::text, '');
END $$;
--- SELECT records(1)
CREATE FUNCTION records(p int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  r record;
  total int := 0;
BEGIN
  SELECT n.id, n.title AS heading, count(*) OVER () AS "howMany" INTO r FROM notes n WHERE n.id = p;
  total := length(r.{{heading}}) + r."{{howMany}}";
  UPDATE notes SET {{pages}} = notes.pages + 1 WHERE id = p RETURNING * INTO r;
  RETURN total + r.{{pages}};
END $$;
--- SELECT for_query(1)
CREATE FUNCTION for_query(p_patient int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  r record;
  found_titles text := '';
BEGIN
  <<outer_loop>>
  FOR r IN
    SELECT n.{{title}}, n.{{pages}} * 2 AS twice
    FROM notes n
    WHERE n.{{patient_id}} = p_patient
    ORDER BY n.id
  LOOP
    CONTINUE outer_loop WHEN r.{{twice}} < 0;
    found_titles := found_titles || r.{{title}};
    EXIT outer_loop WHEN length(found_titles) > 100;
  END LOOP outer_loop;
  RETURN found_titles;
END $$;
--- SELECT * FROM return_query(1)
CREATE FUNCTION return_query(p int) RETURNS TABLE (note_id int, heading text) LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT n.id, n.{{title}} FROM notes n WHERE n.{{patient_id}} = p;
  RETURN QUERY
    WITH recent AS (SELECT {{id}}, {{title}} FROM {{open_notes}})
    SELECT recent.id, recent.{{title}} FROM recent;
  note_id := 7;
  heading := 'last';
  RETURN NEXT;
END $$;
--- UPDATE notes SET title = 'x' WHERE id = 1
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.{{changed}} := now();
  IF TG_OP = 'UPDATE' AND NEW.{{title}} IS DISTINCT FROM OLD.{{title}} THEN
    INSERT INTO audit ({{what}}, {{note_id}}, {{payload}})
      VALUES (TG_TABLE_NAME || TG_ARGV[0], NEW.{{id}}, to_jsonb(OLD));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch('x');
--- UPDATE counters SET hits = 1
CREATE FUNCTION statement_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_rows bigint;
BEGIN
  SELECT count(*) INTO changed_rows FROM fresh JOIN stale USING ({{name}}) WHERE fresh.{{hits}} <> stale.hits;
  INSERT INTO audit (what) SELECT f.{{name}} FROM fresh f;
  INSERT INTO audit (what) VALUES (TG_LEVEL || TG_WHEN || changed_rows);
  RETURN NULL;
END $$;
CREATE TRIGGER changed AFTER UPDATE ON counters REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
  FOR EACH STATEMENT EXECUTE FUNCTION statement_trigger();
--- SELECT count_up(5)
CREATE FUNCTION count_up(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  total int = 0;
BEGIN
  FOR i IN 1..n LOOP
    total := total + i;
  END LOOP;
  FOR i IN REVERSE n .. 1 BY 2 LOOP
    total := total - i;
  END LOOP;
  FOR i IN 1..(SELECT max({{pages}}) FROM notes) LOOP
    total := total + 1;
  END LOOP;
  WHILE total > 3 LOOP
    total := total / 2;
  END LOOP;
  LOOP
    total := total + 1;
    EXIT WHEN total > 10;
  END LOOP;
  RETURN total;
END $$;
--- SELECT each_tag(ARRAY['a', 'b'])
CREATE FUNCTION each_tag(tags text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  tag text;
  piece int[];
  hits int := 0;
BEGIN
  FOREACH tag IN ARRAY tags LOOP
    hits := hits + (SELECT count(*) FROM patients p WHERE tag = ANY (p.{{tags}}));
  END LOOP;
  FOREACH piece SLICE 1 IN ARRAY ARRAY[[1, 2], [3, 4]] LOOP
    hits := hits + piece[1];
  END LOOP;
  RETURN hits;
END $$;
--- SELECT cases(1)
CREATE FUNCTION cases(p int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  CASE p
    WHEN 1, 2 THEN result := 'low';
    WHEN (SELECT max({{id}}) FROM notes) THEN result := 'last';
    ELSE result := 'other';
  END CASE;
  CASE
    WHEN EXISTS (SELECT FROM notes WHERE {{title}} = result) THEN
      result := result || '!';
    ELSE
      NULL;
  END CASE;
  RETURN CASE WHEN p > 1 THEN result ELSE upper(result) END;
END $$;
--- SELECT cursors(1)
CREATE FUNCTION cursors(p_patient int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  c CURSOR (wanted int, least int) FOR
    SELECT n.{{title}}, n.{{pages}} FROM notes n WHERE n.patient_id = wanted AND n.{{pages}} > least;
  d NO SCROLL CURSOR FOR SELECT {{name}} FROM patients;
  u refcursor;
  r record;
  v text := '';
  w text;
BEGIN
  FOR one IN c (wanted := p_patient, least := 0) LOOP
    v := v || one.{{title}};
  END LOOP;
  OPEN c (p_patient, 1);
  LOOP
    FETCH NEXT FROM c INTO r;
    EXIT WHEN NOT FOUND;
    v := v || r.{{pages}};
  END LOOP;
  CLOSE c;
  OPEN d;
  FETCH d INTO w;
  MOVE FORWARD 1 FROM d;
  CLOSE d;
  OPEN u SCROLL FOR SELECT p.{{born}} FROM patients p;
  FETCH LAST FROM u INTO r;
  CLOSE u;
  RETURN v || coalesce(w, '') || coalesce(r.{{born}}::text, '');
END $$;
--- SELECT update_at_cursor()
CREATE FUNCTION update_at_cursor() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  c CURSOR FOR SELECT * FROM notes FOR UPDATE;
  n notes%ROWTYPE;
BEGIN
  OPEN c;
  FETCH c INTO n;
  UPDATE notes SET {{pages}} = n.{{pages}} + 1 WHERE CURRENT OF c;
  CLOSE c;
  RETURN n.pages;
END $$;
--- SELECT handles(0)
CREATE FUNCTION handles(p int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  detail text;
BEGIN
  BEGIN
    RETURN (10 / p)::text;
  EXCEPTION
    WHEN division_by_zero OR SQLSTATE '22003' THEN
      GET STACKED DIAGNOSTICS detail = MESSAGE_TEXT;
      INSERT INTO audit ({{what}}) VALUES (SQLSTATE || sqlerrm || detail);
  END;
  RETURN detail;
EXCEPTION
  WHEN OTHERS THEN
    RAISE NOTICE 'at % of %: %', p, (SELECT count({{title}}) FROM notes), SQLERRM;
    RAISE;
END $$;
--- SELECT raises(1)
CREATE FUNCTION raises(p int) RETURNS void LANGUAGE plpgsql AS $fn$
BEGIN
  ASSERT p > 0, 'p is ' || p;
  RAISE LOG 'no values %%';
  RAISE DEBUG USING MESSAGE = 'p = ' || p, HINT = (SELECT max({{name}}) FROM patients);
  IF p > 100 THEN
    RAISE EXCEPTION SQLSTATE '22012' USING MESSAGE = p::text;
  ELSIF p > 50 THEN
    RAISE unique_violation USING DETAIL = 'x';
  END IF;
END $fn$;
--- SELECT writes('k')
CREATE FUNCTION writes(k text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  hits bigint;
  rows_seen int;
BEGIN
  INSERT INTO counters AS c ({{name}}, {{hits}}) VALUES (k, 1)
    ON CONFLICT ({{name}}) DO UPDATE SET {{hits}} = c.{{hits}} + excluded.{{hits}}
    RETURNING c.{{hits}} INTO hits;
  GET DIAGNOSTICS rows_seen = ROW_COUNT;
  DELETE FROM counters d USING notes n WHERE d.{{name}} = n.{{title}} AND d.name <> k;
  PERFORM {{pg_notify}}('changed', k) FROM notes WHERE {{title}} = k;
  WITH gone AS (DELETE FROM audit WHERE {{what}} = k RETURNING {{note_id}})
    INSERT INTO audit (note_id) SELECT g.{{note_id}} FROM gone g;
  RETURN hits + rows_seen;
END $$;
--- SELECT shadowed(1)
CREATE FUNCTION shadowed(id int) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  title text := 'outer';
BEGIN
  <<inner_block>>
  DECLARE
    title text := shadowed.id || title;
  BEGIN
    title := inner_block.title || shadowed.id;
    UPDATE notes SET title = inner_block.title WHERE notes.{{id}} = shadowed.id;
    RETURN inner_block.title || (SELECT title FROM notes n WHERE n.{{id}} = shadowed.id);
  END inner_block;
END $$;
--- SELECT aliases(1, 'x')
CREATE FUNCTION aliases(int, text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  p ALIAS FOR $1;
  q ALIAS FOR $2;
  both text := $1 || $2;
  again ALIAS FOR both;
BEGIN
  RETURN p || q || again || (SELECT count(*) FROM notes WHERE {{pages}} > p AND title <> $2);
END $$;
--- SELECT arrays(2)
CREATE FUNCTION arrays(n int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  a int[] := ARRAY[]::int[];
  m CONSTANT int[] NOT NULL DEFAULT ARRAY[[1, 2], [3, 4]];
  ids int ARRAY;
BEGIN
  FOR i IN 1..n LOOP
    a[i] := i * m[1][2];
    a[i + 1] = a[i] + 1;
  END LOOP;
  ids := ARRAY(SELECT {{id}} FROM notes WHERE id = ANY (a) OR {{pages}} IN (SELECT unnest(a[1:2])));
  RETURN a[1] + array_length(ids || a, 1) + cardinality(a);
END $$;
--- SELECT composites('(1,x)')
CREATE FUNCTION composites(p pair) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  q pair := (p.{{a}} + 1, p.{{b}})::pair;
  r pair[] := ARRAY[p, q];
BEGIN
  q.{{b}} := q.b || r[1].{{a}};
  SELECT n.id, n.{{title}} INTO q.a, q.{{b}} FROM notes n WHERE n.id = p.a;
  SELECT x.{{a}}, x.b INTO q FROM unnest(r) x LIMIT 1;
  RETURN (p).{{b}} || q.b || to_jsonb(q)::text;
END $$;
--- SELECT documents(1)
CREATE FUNCTION documents(p int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  d jsonb;
  key text := 'ward';
BEGIN
  SELECT p1.{{doc}} INTO d FROM patients p1 WHERE p1.id = p AND p1.doc ? key;
  IF d ? 'ward' AND d ?| ARRAY['ward', key] AND d @> '{}' THEN
    d := d || jsonb_build_object('bed', d -> key ->> 'bed', 'at', now());
  END IF;
  RETURN (SELECT jsonb_agg(x.value || d) FROM jsonb_each(d) AS x(k, value) WHERE x.k <> key);
END $$;
--- SELECT * FROM outs(1)
CREATE FUNCTION outs(INOUT p int, OUT title text, OUT pages int) LANGUAGE plpgsql AS $$
BEGIN
  SELECT n.{{title}}, n.{{pages}} INTO title, pages FROM notes n WHERE n.id = p;
  p := p + pages;
END $$;
--- SELECT setof_rows()
CREATE FUNCTION setof_rows() RETURNS SETOF notes LANGUAGE plpgsql AS $$
DECLARE
  n notes;
BEGIN
  FOR n IN SELECT * FROM notes WHERE {{state}} = 'draft' LOOP
    n.title := n.{{title}} || '.';
    RETURN NEXT n;
  END LOOP;
  RETURN;
END $$;
--- SELECT setof_records() IS NOT NULL
CREATE FUNCTION setof_records(OUT a int, OUT b text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  FOR r IN SELECT n.id, n.{{title}} FROM notes n LOOP
    a := r.{{id}};
    b := r.title;
    RETURN NEXT;
  END LOOP;
END $$;
--- CALL bump(1, NULL)
CREATE PROCEDURE bump(p int, INOUT hits bigint) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO counters (name) VALUES ('bump') ON CONFLICT DO NOTHING;
  UPDATE counters SET {{hits}} = counters.hits + p WHERE name = 'bump' RETURNING counters.{{hits}} INTO bump.hits;
END $$;
--- SELECT calls(3)
CREATE FUNCTION calls(p int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  total bigint;
BEGIN
  CALL {{bump}}(p, total);
  total := total + {{count_up}}(p);
  PERFORM {{raises}}(p), for_query(p_patient => p);
  RETURN total;
END $$;
--- SELECT two_records()
CREATE FUNCTION two_records() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  r record;
  s record;
  v text := '';
BEGIN
  FOR r IN SELECT p.id, p.{{name}} FROM patients p LOOP
    FOR s IN SELECT n.id, n.{{title}}, r.{{name}} AS of_patient FROM notes n WHERE n.patient_id = r.{{id}} LOOP
      v := v || r.name || s.{{title}} || s.{{of_patient}};
    END LOOP;
  END LOOP;
  FOR r IN SELECT n.{{title}} AS name FROM notes n LOOP
    v := v || r.{{name}};
  END LOOP;
  RETURN v;
END $$;
--- SELECT scalars()
CREATE FUNCTION scalars() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  a int;
  b text;
  v text := '';
BEGIN
  FOR a, b IN SELECT n.id, n.{{title}} FROM notes n ORDER BY n.{{pages}} LOOP
    v := v || a || b;
  END LOOP;
  RETURN v;
END $$;
--- SELECT words(1, 'x')
CREATE FUNCTION words(date int, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  value int := date;
  year int;
  name text := type;
BEGIN
  year := extract(year FROM date '2020-02-02');
  value := value + year + date_part('year', timestamp '2020-02-02 00:00')::int;
  RETURN (SELECT max(name) FROM patients WHERE patients.{{born}} > date '1980-01-01' + value)
    || cast(value AS text) || type::text || (interval '1 day' * date)::text;
END $$;
ALTER FUNCTION words SET plpgsql.variable_conflict = 'use_column';
--- SELECT quoted('x')
CREATE FUNCTION quoted("Name" text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  "myTitle" text; -- it's; a comment
  /* and /* another */ ' one */
BEGIN
  SELECT title || 'it''s; INTO' || E'\'' || $q$ INTO x; $q$ INTO "myTitle" FROM notes WHERE {{title}} <> "Name";
  RETURN "Name" || "myTitle" || U&'\0041';
END $$;
--- SELECT domains(3)
CREATE FUNCTION domains(p positive) RETURNS positive LANGUAGE plpgsql AS $$
DECLARE
  d positive := p + 1;
  t timestamp(3) with time zone := now();
  n numeric(10, 2) := 1.5;
  c character varying(20) COLLATE "C" := 'x';
  e double precision := 1e3;
  i interval day to second;
  b "char" := 'x';
BEGIN
  i := now() - t;
  RETURN d + (SELECT count({{pages}}) FROM notes WHERE changed < t AND {{pages}} * 1.0 > n AND title > c AND b = 'y')::int;
END $$;
--- SELECT lateral_join(1)
CREATE FUNCTION lateral_join(p int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  total int;
BEGIN
  SELECT sum(l.twice) INTO total
  FROM patients a
  LEFT JOIN LATERAL (SELECT n.{{pages}} * p AS twice FROM notes n WHERE n.{{patient_id}} = a.id) l ON true
  WHERE a.{{id}} BETWEEN p AND p + 10
  GROUP BY a.id
  HAVING count(*) >= p
  ORDER BY a.{{id}}
  LIMIT p OFFSET p - 1;
  RETURN total;
END $$;
--- SELECT variadic_sum(1, 2, 3)
CREATE FUNCTION variadic_sum(VARIADIC numbers int[]) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT sum(x) FROM unnest(numbers) x) + (SELECT count({{what}}) FROM audit WHERE note_id = ANY (numbers));
END $$;
--- SELECT secure()
CREATE FUNCTION secure() RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v text;
BEGIN
  v := (SELECT string_agg({{name}}, ',' ORDER BY id) FROM patients);
  RETURN v || current_setting('search_path');
END $$;
--- SELECT nothing()
CREATE FUNCTION nothing() RETURNS void LANGUAGE plpgsql AS $$BEGIN END$$;
--- SELECT windows(2)
CREATE FUNCTION windows(lag_of int) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY SELECT lag(n.{{title}}, lag_of) OVER (PARTITION BY n.{{patient_id}} ORDER BY n.{{pages}} DESC) FROM notes n;
END $$;
--- SELECT merge_free(1)
CREATE FUNCTION merge_free(p int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  seen int;
BEGIN
  UPDATE notes n SET ({{title}}, {{pages}}) = (SELECT p1.{{name}}, n.pages + p FROM patients p1 WHERE p1.id = n.{{patient_id}})
    FROM patients q WHERE q.id = n.patient_id AND q.{{id}} = p;
  GET DIAGNOSTICS seen = ROW_COUNT;
  RETURN seen;
END $$;
--- SELECT union_of(1)
CREATE FUNCTION union_of(p int) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  FOR r IN (SELECT {{name}} AS word FROM patients WHERE id = p UNION ALL SELECT {{title}} FROM notes ORDER BY 1) LOOP
    RETURN NEXT r.{{word}};
  END LOOP;
  RETURN QUERY VALUES ('a'::text), (p::text);
  RETURN QUERY TABLE {{titles}};
END $$;
--- SELECT default_args()
CREATE FUNCTION default_args(a int DEFAULT 1, b text DEFAULT 'x') RETURNS text LANGUAGE plpgsql AS $$
<<body>>
DECLARE
  c text;
BEGIN
  body.c := default_args.b || a;
  SELECT body.c || {{title}} INTO body.c FROM notes WHERE id = default_args.a;
  RETURN body.c;
END body $$;
--- SELECT select_variable('v')
CREATE FUNCTION select_variable(v text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  r record;
  t record;
BEGIN
  SELECT v, n.{{title}} AS other INTO r FROM notes n LIMIT 1;
  t := r;
  SELECT * INTO r FROM patients LIMIT 1;
  RETURN v || r.{{name}};
END $$;
--- SELECT transitions()
CREATE FUNCTION transitions() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN (SELECT count(*) FROM notes a NATURAL JOIN patients b WHERE a.{{body}} IS NULL GROUP BY GROUPING SETS ((a.{{title}}), ()) LIMIT 1);
END $$;
