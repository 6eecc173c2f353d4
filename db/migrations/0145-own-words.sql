-- The own word: what somebody says they will close in a month or a quarter, one figure and a range. Each stays as it was said.
create table own_word (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  horizon text not null check (horizon in ('month', 'quarter')),
  period_on date not null check (extract(day from period_on) = 1),
  likely_minor bigint not null check (likely_minor >= 0),
  least_minor bigint check (least_minor between 0 and likely_minor),
  most_minor bigint check (most_minor >= likely_minor),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  said_at timestamptz not null,
  said_in uuid,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, said_in) references meeting on delete set null (said_in)
);
create index own_word_last on own_word (org_id, person_id, horizon, period_on, said_at desc, id desc);
-- One preparation, one word for each period: a post sent twice says it once.
create unique index own_word_of_preparation on own_word (org_id, said_in, horizon) where said_in is not null;
comment on table own_word is 'What a person says will come in a period: of their own deals, or of the team of somebody who manages one.';
comment on column own_word.period_on is 'The first of the calendar month by which the first month of the period is called.';
comment on column own_word.said_in is 'The one-on-one it was said in preparation for; null where it was said on the forecast page.';

alter table own_word enable row level security;
grant select, insert on own_word to kept_app;
-- Amounts, not notes: whoever sees the pipeline sees them. Nobody says one for somebody else.
create policy read on own_word for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) = 'numbers'));
create policy make on own_word for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up' or ((select viewer_actor()) = 'person' and person_id = (select viewer_id())
    and (said_in is null or exists (
      select 1 from meeting m where m.org_id = own_word.org_id and m.id = own_word.said_in and m.rep_id = own_word.person_id)))));
