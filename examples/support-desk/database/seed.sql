-- A small shop that sells routers and a subscription for them. Dates are relative to the day on which the file is
-- created, so that warranties are valid and incidents are recent.
insert into customers (id, email, name, region, since) values
  ('C-1001', 'mara.lindqvist@example.org', 'Mara Lindqvist', 'north', date('now', '-3 years')),
  ('C-1002', 'tomas.reyes@example.org', 'Tomás Reyes', 'south', date('now', '-14 months')),
  ('C-1003', 'ines.okafor@example.org', 'Ines Okafor', 'west', date('now', '-8 months')),
  ('C-1004', 'jonas.weber@example.org', 'Jonas Weber', 'south', date('now', '-4 years')),
  ('C-1005', 'aiko.tanaka@example.org', 'Aiko Tanaka', 'north', date('now', '-5 months'));

insert into orders (id, customer, item, placed_on, state) values
  ('O-2101', 'C-1001', 'Halo 2 router', date('now', '-7 months'), 'delivered'),
  ('O-2102', 'C-1002', 'Halo 2 router', date('now', '-40 days'), 'delivered'),
  ('O-2103', 'C-1003', 'Halo Mini extender', date('now', '-8 months'), 'delivered'),
  ('O-2104', 'C-1004', 'Halo 1 router', date('now', '-4 years'), 'delivered'),
  ('O-2105', 'C-1005', 'Halo 2 router', date('now', '-5 months'), 'delivered');

insert into devices (serial, customer, "order", model, warranty_until, state, comes_back, last_reset) values
  ('H2-77341', 'C-1001', 'O-2101', 'Halo 2', date('now', '+17 months'), 'silent', 0, null),
  ('H2-80212', 'C-1002', 'O-2102', 'Halo 2', date('now', '+22 months'), 'working', 1, null),
  ('HM-51008', 'C-1003', 'O-2103', 'Halo Mini', date('now', '+16 months'), 'silent', 1, null),
  ('H1-10457', 'C-1004', 'O-2104', 'Halo 1', date('now', '-2 years'), 'silent', 0, null),
  ('H2-79960', 'C-1005', 'O-2105', 'Halo 2', date('now', '+19 months'), 'silent', 0, null);

insert into lights (model, colour, blinks, meaning, remedy) values
  ('Halo 2', 'red', 3, 'the radio module has failed', 'replace'),
  ('Halo 2', 'red', 1, 'the last update was interrupted', 'reset'),
  ('Halo 2', 'orange', 0, 'there is no connection to the network', 'wait'),
  ('Halo 2', 'white', 0, 'all is well', 'wait'),
  ('Halo Mini', 'red', 1, 'it has lost its router', 'reset'),
  ('Halo Mini', 'red', 3, 'the radio module has failed', 'replace'),
  ('Halo 1', 'red', 3, 'the radio module has failed', 'replace'),
  ('Halo 1', 'orange', 0, 'there is no connection to the network', 'wait');

insert into subscriptions (id, customer, serial, plan, monthly_cents, currency, paid_until, state) values
  ('S-3001', 'C-1001', 'H2-77341', 'Halo Plus', 690, 'EUR', date('now', '+11 days'), 'active'),
  ('S-3002', 'C-1002', 'H2-80212', 'Halo Plus', 690, 'EUR', date('now', '+20 days'), 'active'),
  ('S-3004', 'C-1004', null, 'Halo Backup', 290, 'EUR', date('now', '+5 days'), 'active'),
  ('S-3005', 'C-1005', 'H2-79960', 'Halo Plus', 690, 'EUR', date('now', '+16 days'), 'active');

insert into invoices (number, customer, "order", subscription, text, cents, currency, issued_on) values
  ('I-4101', 'C-1001', 'O-2101', null, 'Halo 2 router', 18900, 'EUR', date('now', '-7 months')),
  ('I-4102', 'C-1002', 'O-2102', null, 'Halo 2 router', 18900, 'EUR', date('now', '-40 days')),
  ('I-4103', 'C-1003', 'O-2103', null, 'Halo Mini extender', 7900, 'EUR', date('now', '-8 months')),
  ('I-4104', 'C-1004', 'O-2104', null, 'Halo 1 router', 12900, 'EUR', date('now', '-4 years')),
  ('I-4105', 'C-1005', 'O-2105', null, 'Halo 2 router', 18900, 'EUR', date('now', '-5 months')),
  ('I-4201', 'C-1001', null, 'S-3001', 'Halo Plus, one month', 690, 'EUR', date('now', '-19 days')),
  ('I-4202', 'C-1002', null, 'S-3002', 'Halo Plus, one month', 690, 'EUR', date('now', '-10 days')),
  ('I-4204', 'C-1004', null, 'S-3004', 'Halo Backup, one month', 290, 'EUR', date('now', '-25 days')),
  ('I-4205', 'C-1005', null, 'S-3005', 'Halo Plus, one month', 690, 'EUR', date('now', '-14 days'));

-- Invoice I-4102 has been paid twice.
insert into payments (id, invoice, cents, paid_on, method) values
  ('P-5101', 'I-4101', 18900, date('now', '-7 months'), 'card'),
  ('P-5102', 'I-4102', 18900, date('now', '-40 days'), 'card'),
  ('P-5103', 'I-4102', 18900, date('now', '-38 days'), 'bank transfer'),
  ('P-5104', 'I-4103', 7900, date('now', '-8 months'), 'card'),
  ('P-5105', 'I-4104', 12900, date('now', '-4 years'), 'bank transfer'),
  ('P-5106', 'I-4105', 18900, date('now', '-5 months'), 'card'),
  ('P-5201', 'I-4201', 690, date('now', '-19 days'), 'card'),
  ('P-5202', 'I-4202', 690, date('now', '-10 days'), 'card'),
  ('P-5204', 'I-4204', 290, date('now', '-25 days'), 'card'),
  ('P-5205', 'I-4205', 690, date('now', '-14 days'), 'card');

insert into incidents (id, service, region, title, since, ended_at, advice) values
  ('N-12', 'internet', 'south', 'A fibre near Estelle is cut', datetime('now', '-5 hours'), null,
   'Nothing needs to be done at home: the connection comes back by itself once the fibre is mended.'),
  ('N-11', 'backup', 'north', 'Backups were slow', datetime('now', '-9 days'), datetime('now', '-8 days'),
   'It is over.');
