import { ApiProperty } from '@nestjs/swagger';
import { PageType } from '#http';
import { publicId } from '#kernel';
import type { StoredAssignment } from './list-assignments.js';

export class AssignmentDto {
  @ApiProperty({ example: 'asg_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'psh_01h455vb4pex5vsknk084sn02q',
    description: 'Whose you said the customer is; null: nobody’s',
  })
  partnershipId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string | null;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ example: 'company:key_01h455vb4pex5vsknk084sn02q' })
  assignedBy!: string;

  @ApiProperty({ format: 'date-time' })
  assignedAt!: string;
}

export class AssignmentPage extends PageType(AssignmentDto) {}

export const showAssignment = ({ partnership, ...stored }: StoredAssignment): AssignmentDto => ({
  id: publicId('Assignment', stored.assignmentId),
  partnershipId: partnership && publicId('Partnership', partnership.partnershipId),
  programId: partnership && publicId('Program', partnership.programId),
  reason: stored.reason,
  assignedBy: stored.actor,
  assignedAt: stored.assignedAt.toISOString(),
});
