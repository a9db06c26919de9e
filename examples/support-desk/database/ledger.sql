-- The payments for each invoice, and their refunds. Only the payments worker opens this file.
create table receipts (
  invoice text primary key,
  cents integer not null check (cents > 0),
  currency text not null
) strict;

create table refunds (
  -- A repeated call has the same key, and finds its refund.
  key text primary key,
  number integer not null unique,
  invoice text not null references receipts (invoice),
  cents integer not null check (cents > 0),
  currency text not null,
  reason text not null,
  issued_at text not null
) strict;

-- Invoice I-4102 has been paid twice.
insert into receipts (invoice, cents, currency) values
  ('I-4101', 18900, 'EUR'),
  ('I-4102', 37800, 'EUR'),
  ('I-4103', 7900, 'EUR'),
  ('I-4104', 12900, 'EUR'),
  ('I-4105', 18900, 'EUR'),
  ('I-4201', 690, 'EUR'),
  ('I-4202', 690, 'EUR'),
  ('I-4204', 290, 'EUR'),
  ('I-4205', 690, 'EUR');
