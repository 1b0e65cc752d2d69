-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "profileId" TEXT;

-- AlterTable
ALTER TABLE "ChatIdentity" ADD COLUMN "speakerAt" DATETIME;
ALTER TABLE "ChatIdentity" ADD COLUMN "waiting" TEXT;

-- AlterTable
ALTER TABLE "Profile" ADD COLUMN "phoneOf" TEXT;

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identityId" TEXT NOT NULL,
    "profileId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "givenAt" DATETIME NOT NULL,
    "withdrawnAt" DATETIME
);

-- CreateTable
CREATE TABLE "MoveCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identityId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "MoveTry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identityId" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Consent_profileId_idx" ON "Consent"("profileId");

-- CreateIndex
CREATE UNIQUE INDEX "MoveCode_codeHash_key" ON "MoveCode"("codeHash");

-- CreateIndex
CREATE INDEX "MoveCode_identityId_idx" ON "MoveCode"("identityId");

-- CreateIndex
CREATE INDEX "MoveTry_identityId_at_idx" ON "MoveTry"("identityId", "at");

-- CreateIndex
CREATE INDEX "MoveTry_at_idx" ON "MoveTry"("at");
