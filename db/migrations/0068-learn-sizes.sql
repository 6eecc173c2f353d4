-- An import counts the deals it has just written before it writes their changes: the check of each change's deal is planned by that
-- count, and a vacuum that saw an import fail may have written down that there are none.
create function learn_sizes() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() = 'import' then analyze opportunity; end if;
end $$;
revoke execute on function learn_sizes() from public;
grant execute on function learn_sizes() to kept_app;
