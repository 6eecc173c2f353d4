-- One's own place among those with the same manager as a range: where chance alone would put it four times in five, were the same
-- days to come again. Only the viewer's own comes out, nobody else's figure.
--
-- What somebody wins is a sum of a random number of deals, so its variance is the sum of their squares, and one deal of the usual size
-- more, which keeps somebody without a deal from being certain. How likely another stands above follows from the difference of two such
-- sums; the expected place is one and the sum of these chances. The logistic curve stands for the normal one (off by less than .01).
create function own_place(first_day date, after_day date, scales jsonb)
returns table (place integer, best integer, worst integer, among integer, wins integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  own_currency text;
begin
  select o.currency into own_currency from organisation o where o.org_id = viewer_org() and o.uses_rank;
  if viewer_actor() <> 'person' or own_currency is null then return; end if;
  return query
  with mine as (
    select l.manager_id from reporting_line l
    where l.org_id = viewer_org() and l.person_id = viewer_id() and l.from_on <= viewer_now()::date
      and (l.until_on is null or l.until_on > viewer_now()::date)
  ), peers as (
    select distinct l.person_id from reporting_line l join mine on l.manager_id = mine.manager_id
      join person_role r on r.org_id = l.org_id and r.person_id = l.person_id and r.role = 'rep'
        and r.from_on <= viewer_now()::date and (r.until_on is null or r.until_on > viewer_now()::date)
    where l.org_id = viewer_org() and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
  ), deals as (
    select p.person_id, case when o.currency = own_currency then o.amount_minor else o.amount_minor * (
        select r.rate * coalesce((scales ->> o.currency)::numeric, 1) from exchange_rate r
        where r.org_id = o.org_id and r.into_currency = own_currency and r.currency = o.currency and r.from_on <= o.close_on
        order by r.from_on desc limit 1) end::float8 as amount
    from peers p join opportunity o on o.org_id = viewer_org() and o.owner_id = p.person_id and o.outcome = 'won'
      and o.close_on >= first_day and o.close_on < after_day
  ), sums as (
    select p.person_id, coalesce(sum(d.amount), 0) as won,
      coalesce(sum(d.amount * d.amount), 0) + coalesce((select avg(a.amount * a.amount) from deals a), 0) as variance,
      count(d.amount)::int as deals
    from peers p left join deals d on d.person_id = p.person_id
    group by p.person_id
  ), against as (
    select s.won > m.won as is_above, case when s.variance + m.variance > 0
      then 1 / (1 + exp(-1.702 * greatest(-20, least(20, (s.won - m.won) / sqrt(s.variance + m.variance))))) else 0.5 end as chance
    from sums s join sums m on m.person_id = viewer_id() and s.person_id <> m.person_id
  ), told as (
    select 1 + (count(*) filter (where a.is_above))::int as place, 1 + sum(a.chance) as mean, sqrt(sum(a.chance * (1 - a.chance))) as spread,
      count(*)::int + 1 as among
    from against a
    having count(*) > 0
  )
  select t.place, least(t.place, greatest(1, round(t.mean - 1.2816 * t.spread)::int)),
    greatest(t.place, least(t.among, round(t.mean + 1.2816 * t.spread)::int)), t.among,
    (select s.deals from sums s where s.person_id = viewer_id())
  from told t;
end $$;
revoke execute on function own_place(date, date, jsonb) from public;
grant execute on function own_place(date, date, jsonb) to kept_app;
comment on function own_place(date, date, jsonb) is 'scales: as own_rank takes them.';
