-- The tables of the shop. Amounts are whole cents; days are ISO 8601.
create table customers (
  id text primary key,
  email text not null unique collate nocase,
  name text not null,
  region text not null,
  since text not null
) strict;

create table orders (
  id text primary key,
  customer text not null references customers (id),
  item text not null,
  placed_on text not null,
  state text not null check (state in ('shipped', 'delivered', 'returned'))
) strict;

create table devices (
  serial text primary key,
  customer text not null references customers (id),
  "order" text not null references orders (id),
  model text not null,
  warranty_until text not null,
  state text not null check (state in ('working', 'silent')),
  -- Whether the device recovers after a remote reset. It simulates the real world, so no tool can look it up.
  comes_back integer not null check (comes_back in (0, 1)),
  last_reset text
) strict;

-- The manual: the meaning of each light. A light that does not blink has 0 blinks.
create table lights (
  model text not null,
  colour text not null,
  blinks integer not null,
  meaning text not null,
  remedy text not null check (remedy in ('wait', 'reset', 'replace')),
  primary key (model, colour, blinks)
) strict;

create table subscriptions (
  id text primary key,
  customer text not null references customers (id),
  serial text references devices (serial),
  plan text not null,
  monthly_cents integer not null,
  currency text not null,
  paid_until text not null,
  state text not null check (state in ('active', 'ending'))
) strict;

create table invoices (
  number text primary key,
  customer text not null references customers (id),
  "order" text references orders (id),
  subscription text references subscriptions (id),
  text text not null,
  cents integer not null,
  currency text not null,
  issued_on text not null
) strict;

create table payments (
  id text primary key,
  invoice text not null references invoices (number),
  cents integer not null check (cents > 0),
  paid_on text not null,
  method text not null
) strict;

-- Refunds that were reported to the shop; the money is in the ledger, a separate file.
create table refunds (
  key text primary key,
  id text not null,
  invoice text not null references invoices (number),
  cents integer not null check (cents > 0),
  currency text not null,
  reason text not null,
  issued_at text not null
) strict;

create table incidents (
  id text primary key,
  service text not null,
  region text not null,
  title text not null,
  since text not null,
  ended_at text,
  advice text not null
) strict;

create table tickets (
  id integer primary key autoincrement,
  key text not null unique,
  customer text references customers (id),
  department text not null,
  subject text not null,
  details text not null,
  opened_at text not null
) strict;
