-- Rotations seal the phone of a live session anew, and its index with it.
GRANT UPDATE (phone, phone_index) ON requesters.resident_session TO gongzhi_app;
