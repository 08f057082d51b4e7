-- A stretch is lengthened, and a person active again, day by day: room left on the page keeps the indexes out of it.
alter table presence set (fillfactor = 80);
alter table person set (fillfactor = 80);
