-- Accounts at providers of OpenID Connect by which people sign in. Times are milliseconds since 1970.
create table openid_accounts (
  id text not null primary key,
  person text not null references people (id) on delete cascade,
  issuer text not null,
  subject text not null,
  created bigint not null,
  unique (issuer, subject)
);

create index openid_accounts_by_person on openid_accounts (person, created, id);
