-- What a product cost when: written by triggers alone, whoever changes its price. A CRM gives a price no date, so the first one that is
-- known counts for all time before it.
create table list_price (
  org_id uuid not null,
  product_id uuid not null,
  at timestamptz not null,
  list_price_minor bigint,
  currency text not null,
  primary key (org_id, product_id, at),
  foreign key (org_id, product_id) references product (org_id, id) on delete cascade
);
create index list_price_by_time on list_price (org_id, at);
comment on table list_price is 'The price on day D is the last with at <= D; null when the product has lost it.';

alter table list_price enable row level security;
grant select, delete on list_price to kept_app;
create policy read on list_price for select to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) in ('person', 'import', 'set-up', 'numbers'));
create policy remove on list_price for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

insert into list_price (org_id, product_id, at, list_price_minor, currency)
  select org_id, id, '-infinity', list_price_minor, currency from product where list_price_minor is not null;

create function date_list_price() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.list_price_minor, new.currency) is not distinct from (old.list_price_minor, old.currency) then return null; end if;
  insert into list_price (org_id, product_id, at, list_price_minor, currency)
    select new.org_id, new.id, case when l.is_known then viewer_now() else '-infinity' end, new.list_price_minor, new.currency
    from (select exists (select 1 from list_price p where p.org_id = new.org_id and p.product_id = new.id) as is_known) l
    where l.is_known or new.list_price_minor is not null
    on conflict (org_id, product_id, at) do update set list_price_minor = excluded.list_price_minor, currency = excluded.currency;
  return null;
end $$;
revoke all on function date_list_price() from public;
create trigger date_price after insert or update on product for each row execute function date_list_price();

-- Prices go with their product: they keep nothing here.
create or replace function hangs_on(target text, wanted uuid[])
returns table (from_table text, id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found record;
begin
  if viewer_actor() <> 'import' or target not in ('opportunity', 'account', 'product', 'stage', 'person') then return; end if;
  for found in
    select c.conrelid::regclass::text as tab, a.attname as col
    from pg_constraint c
      cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
      join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.theirs and f.attname = 'id'
    where c.contype = 'f' and c.confrelid = target::regclass
      and c.conrelid not in ('opportunity_change'::regclass, 'replaced_change'::regclass, 'person_role'::regclass, 'reporting_line'::regclass, 'list_price'::regclass)
  loop
    return query execute format('select distinct %L::text, t.%I from %s t where t.org_id = viewer_org() and t.%I = any($1)', found.tab, found.col, found.tab, found.col)
      using wanted;
  end loop;
end $$;
