-- One's own place among those with the same manager, by what was won between two days, in the organisation's currency. The days are
-- those of the fiscal calendar; what has no rate on the day it closed counts for nobody.
drop function own_rank(date[]);

create function own_rank(first_day date, after_day date, scales jsonb) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  place integer;
  others integer;
  own_currency text;
begin
  select currency into own_currency from organisation where org_id = viewer_org() and uses_rank;
  if viewer_actor() <> 'person' or own_currency is null then return null; end if;
  with mine as (
    select l.manager_id from reporting_line l
    where l.org_id = viewer_org() and l.person_id = viewer_id() and l.from_on <= viewer_now()::date
      and (l.until_on is null or l.until_on > viewer_now()::date)
  ), peers as (
    select l.person_id from reporting_line l join mine on l.manager_id = mine.manager_id
      join person_role r on r.org_id = l.org_id and r.person_id = l.person_id and r.role = 'rep'
        and r.from_on <= viewer_now()::date and (r.until_on is null or r.until_on > viewer_now()::date)
    where l.org_id = viewer_org() and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
  ), sums as (
    select p.person_id, coalesce(sum(case when o.currency = own_currency then o.amount_minor else o.amount_minor * (
        select r.rate * coalesce((scales ->> o.currency)::numeric, 1) from exchange_rate r
        where r.org_id = o.org_id and r.into_currency = own_currency and r.currency = o.currency and r.from_on <= o.close_on
        order by r.from_on desc limit 1) end), 0) as won
    from peers p left join opportunity o on o.org_id = viewer_org() and o.owner_id = p.person_id and o.outcome = 'won'
      and o.close_on >= first_day and o.close_on < after_day
    group by p.person_id
  )
  select 1 + count(*) filter (where s.won > m.won), count(*) - 1 into place, others
  from sums s, (select won from sums where person_id = viewer_id()) m;
  return case when others > 0 then place end;
end $$;
revoke execute on function own_rank(date, date, jsonb) from public;
grant execute on function own_rank(date, date, jsonb) to kept_app;
comment on function own_rank(date, date, jsonb) is 'scales: how many minor units of the organisation''s currency stand for one minor unit of each other one, without the rate.';
