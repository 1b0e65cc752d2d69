-- AlterTable
ALTER TABLE "ChatIdentity" ADD COLUMN "asked" TEXT;
