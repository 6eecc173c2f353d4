-- Kinds of one-on-one and their agendas. A version is never changed once it exists: an edit makes the next one.

create table kind (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  slug text not null,
  name text not null check (length(trim(name)) between 1 and 100),
  purpose text not null check (length(purpose) <= 500),
  rrule text not null,
  minutes integer not null check (minutes between 5 and 480),
  position smallint not null,
  archived_at timestamptz,
  primary key (org_id, id),
  unique (org_id, slug)
);

create table agenda (
  org_id uuid not null,
  id uuid not null,
  kind_id uuid not null,
  version integer not null check (version >= 1),
  created_by uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, kind_id, version),
  foreign key (org_id, kind_id) references kind on delete cascade
);

create table section (
  org_id uuid not null,
  id uuid not null,
  agenda_id uuid not null,
  position smallint not null,
  title text not null check (length(trim(title)) between 1 and 100),
  minutes integer not null check (minutes between 1 and 240),
  focus text not null check (focus in ('past', 'present', 'future')),
  panel text not null check (panel in ('none', 'commitments', 'results', 'new_opportunities', 'opportunities', 'pipeline', 'working', 'points', 'wrap_up')),
  primary key (org_id, id),
  foreign key (org_id, agenda_id) references agenda on delete cascade,
  unique (org_id, agenda_id, position)
);

create table prompt (
  org_id uuid not null,
  id uuid not null,
  section_id uuid not null,
  position smallint not null,
  words text not null check (length(trim(words)) between 1 and 500),
  primary key (org_id, id),
  foreign key (org_id, section_id) references section on delete cascade,
  unique (org_id, section_id, position)
);
