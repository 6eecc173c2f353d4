-- How far all people of a month are off together, as a share: without it the range of a team comes out too narrow.
alter table period_forecast add column shared_spread double precision;
