-- Who gets the reports of all their communities on one page by mail.

-- one row an account that wants it; it goes to the address of the account
create table portfolio_subscription (
  user_id text primary key references "user" (id) on delete cascade,
  subscribed_at timestamptz not null,
  -- 2025-12: the first month that is not sent yet
  next_month text not null
);
