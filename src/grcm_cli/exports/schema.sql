-- The tables of `grcm export sqlite`. References name their columns: Datasette needs it.
-- Runs of white space are stored as one space; the view `matrix` is added by sqlite.py.

CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
-- Errors in the data: with any, `complete` in `about` is `no`, and something may be missing here.
CREATE TABLE problem (path TEXT NOT NULL, line INTEGER NOT NULL, place INTEGER NOT NULL,
  rule TEXT NOT NULL, message TEXT NOT NULL, hint TEXT);

CREATE TABLE party (code TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, since TEXT,
  until TEXT);
CREATE TABLE party_name (party TEXT NOT NULL REFERENCES party (code), language TEXT NOT NULL,
  name TEXT NOT NULL, PRIMARY KEY (party, language));
CREATE TABLE alias (party TEXT NOT NULL REFERENCES party (code), alias TEXT NOT NULL);
CREATE TABLE membership (member TEXT NOT NULL REFERENCES party (code), first TEXT, last TEXT);
CREATE TABLE group_member (code TEXT NOT NULL REFERENCES party (code),
  member TEXT NOT NULL REFERENCES party (code));
CREATE TABLE term (office TEXT NOT NULL REFERENCES party (code),
  holder TEXT NOT NULL REFERENCES party (code), first TEXT NOT NULL, last TEXT);

CREATE TABLE meeting (id TEXT PRIMARY KEY, body TEXT REFERENCES party (code), title TEXT,
  place TEXT, country TEXT REFERENCES party (code), first_day TEXT, last_day TEXT,
  language TEXT, source TEXT, adopted INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE TABLE attendance (meeting TEXT NOT NULL REFERENCES meeting (id),
  party TEXT NOT NULL REFERENCES party (code), role TEXT NOT NULL);
CREATE INDEX attendance_by_party ON attendance (party);

CREATE TABLE conclusion (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  place INTEGER NOT NULL, note TEXT, PRIMARY KEY (meeting, number));
CREATE TABLE conclusion_text (id INTEGER PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (id),
  number TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE INDEX conclusion_text_by_meeting_number ON conclusion_text (meeting, number);
CREATE TABLE act (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  act TEXT NOT NULL, FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE INDEX act_by_meeting_number ON act (meeting, number);
-- A theme of a conclusion, and its name.
CREATE TABLE theme (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  theme TEXT NOT NULL, name TEXT NOT NULL,
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE INDEX theme_by_theme ON theme (theme);
CREATE TABLE document (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  document TEXT NOT NULL, FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE TABLE link (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  kind TEXT NOT NULL, written TEXT NOT NULL, to_meeting TEXT REFERENCES meeting (id),
  to_number TEXT, to_ref TEXT,
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE INDEX link_by_to_meeting_to_number ON link (to_meeting, to_number);

CREATE TABLE mandate (ref TEXT PRIMARY KEY, meeting TEXT NOT NULL REFERENCES meeting (id),
  number TEXT NOT NULL, ordinal INTEGER NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL,
  due TEXT, until TEXT, each TEXT, note TEXT, void TEXT, lead TEXT REFERENCES party (code),
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));
CREATE INDEX mandate_by_meeting_number ON mandate (meeting, number);
CREATE TABLE responsible (ref TEXT NOT NULL REFERENCES mandate (ref),
  party TEXT NOT NULL REFERENCES party (code), PRIMARY KEY (ref, party));
CREATE INDEX responsible_by_party ON responsible (party);
CREATE TABLE support (ref TEXT NOT NULL REFERENCES mandate (ref),
  party TEXT NOT NULL REFERENCES party (code));
CREATE INDEX support_by_party ON support (party);
CREATE TABLE awaits (ref TEXT NOT NULL REFERENCES mandate (ref), written TEXT NOT NULL,
  awaited TEXT REFERENCES mandate (ref));
-- A moved deadline, for each mandate and party that it was moved for.
CREATE TABLE extension (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  written TEXT NOT NULL, ref TEXT REFERENCES mandate (ref), due TEXT NOT NULL,
  party TEXT REFERENCES party (code),
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));

-- What was handed over, a row for each party that owes it from then on; from all where none is named.
CREATE TABLE handover (meeting TEXT NOT NULL REFERENCES meeting (id), number TEXT NOT NULL,
  written TEXT NOT NULL, ref TEXT REFERENCES mandate (ref),
  from_party TEXT REFERENCES party (code), to_party TEXT NOT NULL REFERENCES party (code),
  FOREIGN KEY (meeting, number) REFERENCES conclusion (meeting, number));

CREATE TABLE task (task INTEGER PRIMARY KEY, ref TEXT NOT NULL REFERENCES mandate (ref), party TEXT,
  occurrence TEXT, due TEXT, deadline TEXT, first_deadline TEXT, state TEXT NOT NULL,
  open INTEGER NOT NULL, days INTEGER, progress TEXT NOT NULL, done_on TEXT,
  done_late INTEGER NOT NULL, ended_by TEXT, later_missed INTEGER NOT NULL,
  unreported INTEGER NOT NULL);
CREATE INDEX task_by_deadline ON task (deadline);
CREATE INDEX task_by_state ON task (state);
CREATE INDEX task_by_ref ON task (ref);
CREATE TABLE task_party (task INTEGER NOT NULL REFERENCES task (task),
  party TEXT NOT NULL REFERENCES party (code), PRIMARY KEY (task, party));
CREATE INDEX task_party_by_party ON task_party (party);
CREATE TABLE task_holder (task INTEGER NOT NULL REFERENCES task (task),
  office TEXT NOT NULL REFERENCES party (code), holder TEXT NOT NULL REFERENCES party (code),
  PRIMARY KEY (task, office, holder));
CREATE INDEX task_holder_by_holder ON task_holder (holder);

CREATE TABLE progress (id INTEGER PRIMARY KEY, party TEXT NOT NULL REFERENCES party (code),
  written TEXT NOT NULL, ref TEXT REFERENCES mandate (ref), occurrence TEXT, date TEXT NOT NULL,
  progress TEXT NOT NULL, evidence TEXT, note TEXT, counted INTEGER NOT NULL);
CREATE INDEX progress_by_ref ON progress (ref);
CREATE INDEX progress_by_party ON progress (party);

CREATE VIEW due AS SELECT task.ref, task.party, task.deadline, task.state, task.days, task.due,
  mandate.action FROM task JOIN mandate USING (ref) WHERE task.open
  ORDER BY task.deadline IS NULL, task.deadline, task.task;
CREATE VIEW overdue AS SELECT -task.days AS days_late, task.ref, task.party, task.deadline,
  task.due, mandate.action FROM task JOIN mandate USING (ref) WHERE task.state = 'overdue'
  ORDER BY task.deadline IS NULL, task.deadline, task.task;
-- What a party owes: itself, or through an office that it holds now or will hold at the deadline.
CREATE VIEW owes AS SELECT party, task, NULL AS office FROM task_party
  UNION ALL SELECT holder, task, office FROM task_holder;
-- Two names stay that mean something else in `grcm stats`: `late`, here `overdue`, there
-- `done_late`; and `open`, which here includes what is overdue, and is there `not_overdue`.
CREATE VIEW by_party AS SELECT party.code AS party, party.name, party.kind, count(*) AS tasks,
  sum(task.open) AS open, sum(task.state = 'overdue') AS late,
  sum(task.open AND task.unreported) AS without_report,
  sum(task.state = 'done' AND bound.by_day AND NOT task.done_late) AS done_on_time,
  sum(task.state = 'done' AND task.done_late) AS done_late,
  sum(task.state = 'done' AND NOT bound.by_day) AS done_undated,
  sum(task.state = 'overdue') AS overdue, sum(task.open AND task.state <> 'overdue') AS not_overdue
  FROM (SELECT DISTINCT party, task FROM owes) AS owed JOIN task USING (task)
  JOIN (SELECT task, task.deadline IS NOT NULL AND mandate.kind = 'request' AS by_day
        FROM task JOIN mandate USING (ref)) AS bound USING (task)
  JOIN party ON party.code = owed.party
  GROUP BY party.code ORDER BY late DESC, open DESC, party.code;
