-- Accounts and sessions belong to the sign-in role alone: the application's own role cannot read them.

create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

create table auth_session (
  id text primary key,
  token text not null unique,
  "userId" text not null references auth_user on delete cascade,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "orgId" uuid,
  "personId" uuid,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_session_by_user on auth_session ("userId");

create table auth_account (
  id text primary key,
  "userId" text not null references auth_user on delete cascade,
  "accountId" text not null,
  "providerId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_account_by_user on auth_account ("userId");

create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_verification_by_identifier on auth_verification (identifier);

create table auth_rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);

-- One-time links sent to somebody who is not signed in: set-up, invitation, confirmation.
create table access_link (
  id uuid primary key,
  purpose text not null check (purpose in ('set-up', 'invitation', 'confirmation')),
  token_hash text not null unique,
  org_id uuid references organisation on delete cascade,
  person_id uuid,
  meeting_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  check ((purpose = 'set-up') = (org_id is null))
);

-- Personal access tokens for the API. Only the hash is kept.
create table api_token (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  person_id uuid not null,
  name text not null check (length(trim(name)) between 1 and 100),
  token_hash text not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id)
);
create index api_token_by_person on api_token (org_id, person_id);
