-- Fonts are items of the library, too (S4-059).

alter table media_library drop constraint media_library_media_type_check;
alter table media_library add constraint media_library_media_type_check
    check (media_type in ('video', 'image', 'audio', 'font'));
