-- A cut may come back from an editing program.

alter table cut_versions drop constraint cut_versions_kind_check;
alter table cut_versions add constraint cut_versions_kind_check
    check (kind in ('assembled', 'edit', 'restored', 'imported'));
