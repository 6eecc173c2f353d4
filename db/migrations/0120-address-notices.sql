-- A change of somebody's mail address is told at the address before and at the one after it.
alter table mail drop constraint mail_purpose_check;
alter table mail add constraint mail_purpose_check
  check (purpose in ('invitation', 'agenda', 'summary', 'nudge', 'confirmation', 'test', 'address'));
