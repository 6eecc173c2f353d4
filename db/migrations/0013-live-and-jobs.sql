-- Signals and jobs commit with the change that causes them. The queue's own tables stay closed to kept_app.

create function signal(topic text) returns void language sql volatile
begin atomic
  select pg_notify('kept_changed', viewer_org()::text || ' ' || topic);
end;

create function enqueue(task text, payload json, run_at timestamptz default now(), job_key text default null)
returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if to_regprocedure('graphile_worker.add_job(text,json,text,timestamptz,integer,text,integer,text[],text)') is not null then
    perform graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key);
  end if;
end $$;
revoke execute on function enqueue(text, json, timestamptz, text) from public;
grant execute on function enqueue(text, json, timestamptz, text) to kept_app;

-- The organisations a job has to go round. A job knows no organisation before it asks.
create function organisations() returns setof uuid language sql stable security definer set search_path = public, pg_temp
begin atomic
  select org_id from organisation;
end;
revoke execute on function organisations() from public;
grant execute on function organisations() to kept_app;
