-- Forecasts of past first days stay as they were said, unless they were told in another currency or as of another midnight than what came
-- is counted by now: then they are made again.
alter table period_forecast add column currency text, add column time_zone text;
update period_forecast f set currency = o.currency, time_zone = o.time_zone from organisation o where o.org_id = f.org_id;
alter table period_forecast alter column currency set not null, alter column time_zone set not null;
comment on column period_forecast.currency is 'Of all its amounts: the organisation''s when it was made.';
comment on column period_forecast.time_zone is 'Whose midnights begin and end the period.';
