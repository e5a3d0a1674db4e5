-- Rotations seal the reasons of looks anew; everything else about a look stays as it was written.
GRANT UPDATE (reason) ON requesters.unmasking TO gongzhi_app;
