-- Mail waits here until it is sent. The admin sees that there is mail, never what a pair's mail says.

create table mail (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  to_id uuid not null,
  address text,
  purpose text not null check (purpose in ('invitation', 'agenda', 'summary', 'nudge', 'confirmation', 'test')),
  subject text not null,
  meeting_id uuid,
  created_at timestamptz not null,
  sent_at timestamptz,
  attempts smallint not null default 0,
  problem text,
  primary key (org_id, id),
  foreign key (org_id, to_id) references person on delete cascade
);
create index mail_waiting on mail (created_at) where sent_at is null;
create index mail_by_person on mail (org_id, to_id, created_at);

create table mail_body (
  org_id uuid not null,
  mail_id uuid not null,
  to_id uuid not null,
  purpose text not null,
  words text not null,
  html text not null,
  primary key (org_id, mail_id),
  foreign key (org_id, mail_id) references mail on delete cascade
);

-- Who did what, without any content.
create table event (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  actor_id uuid,
  actor text not null,
  verb text not null,
  noun text not null,
  noun_id uuid,
  at timestamptz not null,
  primary key (org_id, id)
);
create index event_by_time on event (org_id, at);

-- Who opened whose record, when the reader is not one of the pair.
create table reading (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  reader_id uuid not null,
  person_id uuid not null,
  what text not null,
  at timestamptz not null,
  primary key (org_id, id)
);
create index reading_by_person on reading (org_id, person_id, at);
create index reading_by_reader on reading (org_id, reader_id, at);
