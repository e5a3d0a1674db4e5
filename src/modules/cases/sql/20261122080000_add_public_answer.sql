-- The office's answer as an officer edited it for everybody, beside the released request, and whose answer it is.
ALTER TABLE cases.public_release ADD COLUMN answer text;
ALTER TABLE cases.public_release ADD COLUMN answered_by uuid;
