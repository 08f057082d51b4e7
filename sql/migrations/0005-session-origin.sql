-- Somebody who has forgotten the password comes in by a link, and may then set another one without giving the old one.
alter table session add column is_by_link boolean not null default false;
