-- AlterTable
ALTER TABLE "MoveCode" ADD COLUMN "profileId" TEXT;
