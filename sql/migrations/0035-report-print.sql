-- one row a frozen report that has been printed: the PDF is made once, and reads the same as long as the report does
create table report_print (
  community_id uuid not null,
  month text not null,
  revision integer not null,
  paper text not null check (paper in ('a4', 'letter')),
  -- with what the community costs: those who may not read that get a print of their own
  has_money boolean not null,
  -- of the report as it reads: a story that was taken back, or a later revision that it names, make it another
  fingerprint bytea not null,
  pdf bytea not null,
  printed_at timestamptz not null,
  primary key (community_id, month, revision, paper, has_money),
  foreign key (community_id, month, revision) references report_revision (community_id, month, revision) on delete cascade
);
