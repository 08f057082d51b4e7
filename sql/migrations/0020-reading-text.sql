-- What was found out about an event on the way in, rather than said by its source.

-- by which rule a message was found to be a question, news, work or a plain post; null where the source said what it is
alter table event add column classified_by text;
-- how the thread of a message of a flat chat was found: opens, named or guess; null where the source said it
alter table event add column inferred_link text;
-- the first 128 bits of SHA-256 over the normalised address of the account; the address itself is not kept
alter table identity add column email_key uuid;
create index identity_email on identity (community_id, email_key) where email_key is not null;

-- a rejected row stands in a file of an archive; line 3 may be bad in many of them
alter table import_rejection drop constraint import_rejection_pkey;
alter table import_rejection add column rejection_no integer not null default 0;
alter table import_rejection add column file text;
update import_rejection r set rejection_no = n.no
from (
  select community_id, import_id, position, pointer, row_number() over (partition by community_id, import_id order by position, pointer) as no
  from import_rejection
) n
where r.community_id = n.community_id and r.import_id = n.import_id and r.position = n.position and r.pointer = n.pointer;
alter table import_rejection add primary key (community_id, import_id, rejection_no);
